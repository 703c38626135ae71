import { testSending } from './sending.contract.ts';

testSending('firefox');
