import { countingContract } from './counting.contract.ts';
import { postgresStores } from './stores.fixture.ts';

countingContract('on Postgres and files', postgresStores);
