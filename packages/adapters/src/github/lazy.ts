import type { SubjectReading, SubjectRequest } from './subject.ts';

/** As `readSubjectCustomization`; the client of the API is loaded at the first call. */
export async function readSubject(request: SubjectRequest): Promise<SubjectReading> {
  const { readSubjectCustomization } = await import('./subject.ts');
  return readSubjectCustomization(request);
}
