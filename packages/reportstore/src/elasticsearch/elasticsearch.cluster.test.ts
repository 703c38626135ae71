import { inject } from 'vitest';
import { reportStoreContract } from '../report-store.contract.ts';
import { freshStore } from './fresh-store.fixture.ts';

reportStoreContract('elasticsearch', () => freshStore(inject('elasticsearchUrl')));
