type Piece = string | Uint8Array<ArrayBuffer>;

/**
 * Text or bytes in pieces as the body of an answer, made as fast as it is taken; who goes away ends the making. The first piece is made
 * before this resolves, so that what cannot even begin is answered with a status. Later there is none to be had: then the body
 * breaks off, which the taker sees, and `onError` is told why.
 */
export async function streamBody(
  pieces: AsyncGenerator<Piece, void, undefined>,
  onError: (error: unknown) => void,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const encoder = new TextEncoder();
  let made: IteratorResult<Piece, void> | null = await pieces.next();
  let abandoned = false;
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = made ?? (await pieces.next());
        made = null;
        // Whoever went away while this piece was made has closed the stream: that is not an error.
        if (abandoned) return;
        if (done) controller.close();
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
      } catch (error) {
        onError(error);
        controller.error(error);
      }
    },
    cancel: async () => {
      abandoned = true;
      await pieces.return();
    },
  });
}
