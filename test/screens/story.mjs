// What `make screenshots` does and photographs, in order. A step may have
//   wait  a text or regular expression that must come to the screen (first)
//   keys  keys to press: letters, and names in brackets: 'e<tab>lts<enter>'
//   then  a text or regular expression that must come after the keys
//   shot  the name of a picture to keep in screenshots/
//   hold  milliseconds that the animation rests here (default 700)
// Keys are pressed one by one, and each of them is a picture of the animation.
// Nothing sleeps: a step that waits in vain fails, with the screen in the message.

export default {
  command: './glance-tui --demo',
  size: '120x34',
  look: 'dark',
  film: 'flow.gif',
  steps: [
    { wait: /queued/, shot: 'list.png', hold: 1500 },
    { keys: '/queued', then: 'queued', hold: 1200 },
    { keys: '<enter>' },
    { keys: 'e', then: 'Visibility', hold: 1000 },
    { keys: '<ctrl+s>', then: 'Review', hold: 1500 },
  ],
};
