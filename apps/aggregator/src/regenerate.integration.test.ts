import { regenerateContract } from './regenerate.contract.ts';
import { postgresStores } from './stores.fixture.ts';

regenerateContract('on Postgres and files', postgresStores);
