/** The bar of all other pages has nothing to choose; without this, Next keeps what the page before had there. */
export default function NoControls() {
  return null;
}
