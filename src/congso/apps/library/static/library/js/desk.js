// The loan desk: the field for the next number is ready as soon as the page is there.

const field = document.querySelector(".desk-form input:not([type=hidden])");
field?.focus();
field?.select();
