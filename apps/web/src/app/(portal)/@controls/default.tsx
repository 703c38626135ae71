/** The bar of this page has nothing to choose. */
export default function NoControls() {
  return null;
}
