import { differentialContract, FULL } from './differential.contract.ts';
import { postgresStores } from './stores.fixture.ts';

differentialContract('on Postgres and files', postgresStores, FULL);
