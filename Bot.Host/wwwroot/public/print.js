// The page is whole without this: it only offers to print where there is likely to be a printer.
const button = document.getElementById('print');
if (button && matchMedia('(hover: hover) and (pointer: fine)').matches) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
