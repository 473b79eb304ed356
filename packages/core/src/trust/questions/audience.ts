import { stsAudience } from '../../oidc/issuer.ts';
import { isWitness, type Examination, type SubjectSource } from '../examination.ts';
import { all, equals, not } from '../formula.ts';
import { placesOf } from '../place.ts';

const whatever = (): boolean => false;

/** Whether tokens that were made for somebody else get in: a job asks for any audience that it likes. */
export function askAudience(examination: Examination, source: SubjectSource): void {
  const meant = [...examination.named.audiences, stsAudience('aws'), stsAudience('aws-cn')];
  const asked = {
    question: 'whether tokens for another audience get in',
    formula: all(meant.map((audience) => not(equals('aud', audience, true)))),
    // What jobs ask for besides: they hand such tokens to others.
    audiences: ['sigstore'],
  };
  const witness = examination.askIn(source, asked, whatever);
  if (!isWitness(witness)) return;
  examination.flaws.push({
    class: 'audience-not-pinned',
    severity: 'medium',
    about: witness.claims.get('aud') ?? '',
    witness,
    ...placesOf(examination, witness, ['aud']),
  });
}

/** Whether the provider takes none of the audiences that the policy accepts, so that nobody gets in. */
export function askClients(
  examination: Examination,
  source: SubjectSource,
  clients: readonly string[],
): void {
  const { audiences } = examination.named;
  if (audiences.length === 0 || audiences.some((audience) => clients.includes(audience))) return;
  const question = 'whether the provider takes an audience that the policy accepts';
  const formula = { kind: 'any', of: clients.map((client) => equals('aud', client)) } as const;
  if (examination.askIn(source, { question, formula }, whatever) !== 'none') return;
  const value = examination.named.values.find(({ claim }) => claim === 'aud');
  if (!value) return;
  examination.flaws.push({
    class: 'audience-mismatch',
    severity: 'medium',
    about: audiences.join(', '),
    detail: clients.join(', '),
    range: value.value.range,
    statement: value.statement.statement.index,
    written: value.text,
  });
}
