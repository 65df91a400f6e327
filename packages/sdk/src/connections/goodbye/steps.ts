export const revokeStep = 'revoke'

export const stopStep = (pipeId: string): string => `stop/${pipeId}`
