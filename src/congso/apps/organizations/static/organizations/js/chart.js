// Opening and closing the tree's branches: the first press loads, later ones show and hide.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-branch]");
  if (!opener) return;
  event.preventDefault();
  const branch = document.getElementById(opener.getAttribute("aria-controls"));
  const isOpen = opener.getAttribute("aria-expanded") === "true";
  opener.setAttribute("aria-expanded", String(!isOpen));
  branch.hidden = isOpen;
});
