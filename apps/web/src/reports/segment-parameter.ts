/** The parameter of an address that names the segment whose numbers are shown. */
export const SEGMENT_PARAMETER = 'segment';
