// What `make screenshots` does and photographs, in order: the scenario of the
// README. A step may have
//   wait  a text or regular expression that must come to the screen (first)
//   keys  keys to press: letters, and names in brackets: 'e<tab>lts<enter>'
//   press a key to press again and again until the text or expression `until` is there
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
    { wait: /\d+ images[^]*Fedora 17/, shot: 'list.png', hold: 1800 },
    { keys: '/status:queued fed', then: '1 of ', hold: 1200 },
    { keys: '<enter>e', then: 'No changes yet', hold: 1200 },
    { keys: ' Server', then: '1 operation', hold: 1000 },
    { keys: '<tab>lts,', then: '2 operations', hold: 1000 },
    { press: '<tab>', until: /▸.*add a location/, hold: 500 },
    { keys: 'http://mirror.example.org/f17.qcow2', then: '3 operations', shot: 'form.png', hold: 2200 },
    { keys: '<ctrl+s>', then: 'can be undone', shot: 'review.png', hold: 3000 },
    { keys: '<enter>', then: 'as predicted', shot: 'response.png', hold: 3000 },
    { keys: '<esc>', then: /● active +Fedora 17 Server/, hold: 1500 },
    { keys: 'H', then: 'What was sent', shot: 'history.png', hold: 3000 },
  ],
};
