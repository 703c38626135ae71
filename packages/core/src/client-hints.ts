/** What a browser tells beside its user agent, which no longer says it, to sites that ask for it. */
export type ClientHints = {
  /** The device's model, such as `Pixel 8`. */
  model?: string;
  /** The system's version, such as `14.0.0`. */
  platformVersion?: string;
};

export const MAX_HINT = 100;

/** A string of structured headers (RFC 8941) without its quotes and without what parts a user agent; undefined when it says nothing. */
function readHint(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header
    .slice(0, MAX_HINT)
    .replace(/["\\;()\0]/g, '')
    .trim();
  return text === '' ? undefined : text;
}

/** What a server says that a browser told it; undefined when that is nothing. */
export function statedHints(
  model: string | undefined,
  platformVersion: string | undefined,
): ClientHints | undefined {
  return buildHints(readHint(model), readHint(platformVersion));
}

/** The client hints among the headers of a request; undefined when the browser sent none. */
export function readClientHints(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): ClientHints | undefined {
  return buildHints(readHint(headers['sec-ch-ua-model']), readHint(headers['sec-ch-ua-platform-version']));
}

function buildHints(model: string | undefined, platformVersion: string | undefined): ClientHints | undefined {
  if (model === undefined && platformVersion === undefined) return undefined;
  return {
    ...(model === undefined ? {} : { model }),
    ...(platformVersion === undefined ? {} : { platformVersion }),
  };
}
