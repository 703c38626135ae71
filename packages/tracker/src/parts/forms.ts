import { forms } from '../extensions/forms.ts';
import { part } from '../part.ts';

part(forms);
