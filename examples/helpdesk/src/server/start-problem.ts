/** Something that the person who starts the server can put right; shown without a stack. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}
