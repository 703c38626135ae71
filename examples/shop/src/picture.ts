import { Html, html } from './html.ts';

/** The silhouettes that the pictures are drawn from. */
export type Shape = keyof typeof SHAPES;
/** The colours of the workshop: raw clay below, glaze above. */
export type Glaze = keyof typeof GLAZES;

const GLAZES = {
  oat: { glaze: '#efe6d6', clay: '#c9a582', inside: '#d9ccb6', tile: '#dcd3c3' },
  clay: { glaze: '#c26b45', clay: '#a3805f', inside: '#8f4527', tile: '#eddccd' },
  ink: { glaze: '#3d5470', clay: '#b99877', inside: '#26374c', tile: '#d8dfe6' },
  moss: { glaze: '#7d8b62', clay: '#b08f6c', inside: '#59653f', tile: '#e1e4d3' },
  rose: { glaze: '#d9a79a', clay: '#b58d72', inside: '#b57c6e', tile: '#f1e0da' },
} as const;

type Colours = (typeof GLAZES)[Glaze];
type Rim = { x: number; y: number; rx: number; ry: number };
/**
 * A thrown vessel: its outline, how far down the glaze goes, its opening, half its width where it stands and where it is
 * widest, and what lies behind or before it.
 */
type Vessel = {
  body: string;
  dip: number;
  rim: Rim;
  foot: number;
  belly: number;
  behind?: string;
  before?: string;
};

const WOOD = '#c49a6c';
const WOOD_DARK = '#9d7446';

// One drawing is 400 × 400 units; things stand on y = 316.
const SHAPES = {
  bowl: vessel({
    body: 'M72 178C74 262 132 306 168 310V316H232V310C268 306 326 262 328 178Z',
    dip: 268,
    rim: { x: 200, y: 178, rx: 128, ry: 26 },
    foot: 40,
    belly: 128,
  }),
  basin: vessel({
    body: 'M42 198C52 272 122 306 160 310V316H240V310C278 306 348 272 358 198Z',
    dip: 272,
    rim: { x: 200, y: 198, rx: 158, ry: 34 },
    foot: 50,
    belly: 158,
  }),
  mug: vessel({
    body: 'M116 132L122 288Q124 316 152 316H226Q254 316 256 288L262 132Z',
    dip: 254,
    rim: { x: 189, y: 132, rx: 73, ry: 17 },
    foot: 64,
    belly: 74,
    behind:
      '<path d="M256 170C330 158 332 270 250 268" fill="none" stroke="{glaze}" stroke-width="19" stroke-linecap="round"/>',
  }),
  cup: vessel({
    body: 'M136 176C138 246 152 288 176 294H224C248 288 262 246 264 176Z',
    dip: 252,
    rim: { x: 200, y: 176, rx: 64, ry: 15 },
    foot: 112,
    belly: 64,
    behind:
      '<ellipse cx="200" cy="300" rx="128" ry="20" fill="{clay}"/><ellipse cx="200" cy="295" rx="128" ry="19" fill="{glaze}"/><ellipse cx="200" cy="294" rx="74" ry="9" fill="{inside}" opacity=".45"/><path d="M258 198C306 190 306 254 250 252" fill="none" stroke="{glaze}" stroke-width="14" stroke-linecap="round"/>',
  }),
  tumbler: vessel({
    body: 'M132 110L150 294Q153 316 172 316H228Q247 316 250 294L268 110Z',
    dip: 236,
    rim: { x: 200, y: 110, rx: 68, ry: 16 },
    foot: 48,
    belly: 68,
  }),
  teapot: vessel({
    body: 'M92 232C92 168 142 150 200 150C258 150 308 168 308 232C308 288 262 310 240 316H160C138 310 92 288 92 232Z',
    dip: 284,
    rim: { x: 200, y: 154, rx: 56, ry: 11 },
    foot: 60,
    belly: 108,
    behind:
      '<path d="M288 248C338 240 328 190 366 172L380 184C356 206 358 272 296 284Z" fill="{glaze}"/><path d="M116 178C104 66 296 66 284 178" fill="none" stroke="#9d7446" stroke-width="11" stroke-linecap="round"/>',
    before:
      '<path d="M142 154C152 130 248 130 258 154Q200 170 142 154Z" fill="{glaze}"/><circle cx="200" cy="126" r="12" fill="{inside}"/>',
  }),
  jar: vessel({
    body: 'M112 176C106 216 106 270 124 300Q132 316 156 316H244Q268 316 276 300C294 270 294 216 288 176Z',
    dip: 262,
    rim: { x: 200, y: 176, rx: 88, ry: 17 },
    foot: 70,
    belly: 94,
    before:
      '<path d="M106 158V174A94 18 0 0 0 294 174V158Z" fill="#9d7446"/><ellipse cx="200" cy="158" rx="94" ry="18" fill="#c49a6c"/><path d="M186 130H214V156Q200 162 186 156Z" fill="#9d7446"/><ellipse cx="200" cy="130" rx="14" ry="5" fill="#c49a6c"/>',
  }),
  crock: vessel({
    body: 'M126 174L132 296Q134 316 156 316H244Q266 316 268 296L274 174Z',
    dip: 266,
    rim: { x: 200, y: 174, rx: 74, ry: 17 },
    foot: 68,
    belly: 74,
    behind:
      '<g stroke-linecap="round"><path d="M176 180L150 70" stroke="#c49a6c" stroke-width="11"/><ellipse cx="145" cy="58" rx="20" ry="32" transform="rotate(-13 145 58)" fill="#c49a6c"/><path d="M206 180L212 62" stroke="#9d7446" stroke-width="10"/><rect x="194" y="34" width="38" height="64" rx="12" transform="rotate(3 213 66)" fill="#9d7446"/><path d="M228 180L262 92" stroke="#d8b88f" stroke-width="10"/><ellipse cx="268" cy="76" rx="17" ry="28" transform="rotate(20 268 76)" fill="#d8b88f"/></g>',
  }),
  bud: vessel({
    body: 'M182 168V198C146 212 128 240 128 266C128 298 156 316 180 316H220C244 316 272 298 272 266C272 240 254 212 218 198V168Z',
    dip: 272,
    rim: { x: 200, y: 168, rx: 18, ry: 5 },
    foot: 50,
    belly: 72,
    behind:
      '<path d="M201 170C198 130 206 100 196 66" fill="none" stroke="#6d7a4f" stroke-width="5"/><path d="M201 132C228 128 238 112 240 98C220 100 204 112 201 132Z" fill="#7d8b62"/><g fill="#e3b04b"><circle cx="196" cy="44" r="12"/><circle cx="178" cy="58" r="12"/><circle cx="214" cy="58" r="12"/><circle cx="186" cy="76" r="12"/><circle cx="207" cy="76" r="12"/></g><circle cx="196" cy="61" r="11" fill="#9a5f2b"/>',
  }),
  bottle: vessel({
    body: 'M178 84C180 150 176 172 158 196C136 224 136 280 158 306Q166 316 180 316H220Q234 316 242 306C264 280 264 224 242 196C224 172 220 150 222 84Z',
    dip: 248,
    rim: { x: 200, y: 84, rx: 22, ry: 6 },
    foot: 46,
    belly: 58,
  }),
  moon: vessel({
    body: 'M164 112C100 124 66 170 66 214C66 266 112 310 166 316H234C288 310 334 266 334 214C334 170 300 124 236 112Z',
    dip: 292,
    rim: { x: 200, y: 112, rx: 36, ry: 9 },
    foot: 60,
    belly: 134,
  }),
  plate,
  board,
  spoon,
};

function dressed(svg: string | undefined, colours: Colours): string {
  return (svg ?? '').replace(/\{(\w+)\}/g, (_, name: keyof Colours) => colours[name]);
}

/** Speckles of iron in the glaze: always at the same places, evenly strewn (the R2 sequence), never in rows. */
function speckles(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const x = 40 + ((index * 0.754_877_67) % 1) * 320;
    const y = 80 + ((index * 0.569_840_29) % 1) * 240;
    return `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${1 + (index % 3) * 0.6}"/>`;
  }).join('');
}

function vessel({ body, dip, rim, foot, belly, behind, before }: Vessel) {
  return (colours: Colours, id: string): string => {
    const { x, y, rx, ry } = rim;
    return `<linearGradient id="${id}-shade" gradientUnits="userSpaceOnUse" x1="${x - belly}" x2="${x + belly}" y1="0" y2="0"><stop offset=".05" stop-color="#fff" stop-opacity=".16"/><stop offset=".35" stop-color="#fff" stop-opacity="0"/><stop offset=".6" stop-opacity="0"/><stop offset="1" stop-opacity=".26"/></linearGradient>
<ellipse cx="${x}" cy="316" rx="${foot + 26}" ry="9" opacity=".15"/>
${dressed(behind, colours)}
<clipPath id="${id}"><path d="${body}"/></clipPath>
<g clip-path="url(#${id})"><rect width="400" height="400" fill="${colours.clay}"/>
<path d="M0 0H400V${dip}C330 ${dip + 14} 290 ${dip - 10} 210 ${dip + 4}S70 ${dip + 10} 0 ${dip - 4}Z" fill="${colours.glaze}"/>
<g opacity=".22">${speckles(60)}</g>
<rect width="400" height="400" fill="url(#${id}-shade)"/></g>
<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${colours.glaze}"/>
<ellipse cx="${x}" cy="${y + 1}" rx="${rx * 0.93}" ry="${ry * 0.78}" fill="${colours.inside}"/>
${dressed(before, colours)}`;
  };
}

function plate(colours: Colours): string {
  return `<circle cx="206" cy="212" r="142" opacity=".14"/><circle cx="200" cy="200" r="142" fill="${colours.clay}"/>
<circle cx="200" cy="200" r="138" fill="${colours.glaze}"/>
<circle cx="200" cy="200" r="98" fill="${colours.inside}" opacity=".4"/><circle cx="203" cy="204" r="94" fill="${colours.glaze}"/>
<g opacity=".2">${speckles(46)}</g>`;
}

function board(): string {
  return `<g transform="rotate(-24 200 200)"><rect x="132" y="72" width="148" height="270" rx="22" opacity=".14"/>
<path d="M148 62H182V20Q182 8 200 8T218 20V62H252Q274 62 274 84V312Q274 334 252 334H148Q126 334 126 312V84Q126 62 148 62Z" transform="translate(0 4)" fill="${WOOD}"/>
<circle cx="200" cy="38" r="8" fill="#5d4127"/>
<g fill="none" stroke="${WOOD_DARK}" stroke-width="2" opacity=".5"><path d="M146 96C152 180 140 250 148 322"/><path d="M172 70C180 170 166 240 174 334"/><path d="M204 66C196 150 214 250 202 336"/><path d="M232 72C226 170 240 230 230 334"/><path d="M256 92C250 180 262 250 254 322"/></g></g>`;
}

function spoon(): string {
  return `<g transform="rotate(32 200 200)"><path d="M206 150L210 356" stroke="#000" stroke-width="15" stroke-linecap="round" opacity=".13"/>
<path d="M200 140L200 350" stroke="${WOOD_DARK}" stroke-width="15" stroke-linecap="round"/>
<path d="M200 30C242 30 252 84 240 122Q230 158 200 162Q170 158 160 122C148 84 158 30 200 30Z" fill="${WOOD_DARK}"/>
<path d="M200 48C228 48 236 86 228 114Q220 140 200 143Q180 140 172 114C164 86 172 48 200 48Z" fill="#7c5932"/></g>`;
}

/**
 * A product's picture, an inline SVG on a tile of its own colour.
 * @param id what is unique on the page, since the drawing refers to itself by it
 */
export function picture(thing: { name: string; shape: Shape; glaze: Glaze }, id: string): Html {
  const drawing = new Html(SHAPES[thing.shape](GLAZES[thing.glaze], `cut-${id}`));
  return html`<svg class="picture" viewBox="0 0 400 400" role="img" aria-label="${thing.name}"><rect width="400" height="400" fill="${GLAZES[thing.glaze].tile}"/>${drawing}</svg>`;
}

/** Several things side by side on a table; decoration, so hidden from screen readers. */
export function stillLife(
  things: readonly { shape: Shape; glaze: Glaze; scale: number }[],
  id: string,
): Html {
  const width = 240;
  const drawings = things.map(({ shape, glaze, scale }, index) => {
    const drawing = SHAPES[shape](GLAZES[glaze], `cut-${id}-${index}`);
    // Each keeps its foot on the edge of the table, whatever its size.
    const x = 60 + index * width + (width - 400 * scale) / 2;
    return `<g transform="translate(${x} ${400 - 316 * scale}) scale(${scale})">${drawing}</g>`;
  });
  const total = 120 + things.length * width;
  return html`<svg class="picture" viewBox="0 0 ${total} 500" preserveAspectRatio="xMidYMax slice" aria-hidden="true"><rect width="${total}" height="500" fill="#e7d9c6"/><rect y="372" width="${total}" height="128" fill="#cfb391"/>${new Html(drawings.join(''))}</svg>`;
}
