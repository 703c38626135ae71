import { testSending } from './sending.contract.ts';

testSending('chromium');
