// Package packed keeps very many images in little memory: about 450 bytes an
// image where the decoded ones take 2,300. What a list shows and sorts by is
// open; all else is packed into one text an image, with what many images have in
// common written once. Nothing is lost: [Images.Image] gives an image as it was
// put in.
package packed
