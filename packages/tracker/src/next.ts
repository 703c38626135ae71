'use client';

export { Footfall, useFootfall, useTrack } from './react.ts';
