import { differentialContract, USUAL } from './differential.contract.ts';
import { postgresStores } from './stores.fixture.ts';

differentialContract('on Postgres and files', postgresStores, USUAL);
