import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { exampleFolder } from './read-config.ts'
import { StartProblem } from './start-problem.ts'

const built = join(exampleFolder, 'dist/web')

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** Serves the built pages: files by name, the one page for every other path. @throws StartProblem when nothing is built */
export async function createPageServer(baseUrl: string): Promise<(request: Request) => Promise<Response>> {
  const page = await readFile(join(built, 'index.html')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new StartProblem('The pages are not built. Run: npm run build')
    throw error
  })
  return async (request) => {
    const url = new URL(request.url)
    const type = types[extname(url.pathname)]
    if (type !== undefined) return serveFile(url.pathname, type)
    // Sign-ins come back to localhost, where a cookie of 127.0.0.1 is unknown.
    if (url.hostname === '127.0.0.1' && baseUrl.startsWith('http:')) return Response.redirect(baseUrl + url.pathname + url.search)
    return new Response(page, { headers: pageHeaders })
  }
}

async function serveFile(pathname: string, type: string): Promise<Response> {
  const path = normalize(join(built, pathname))
  if (!path.startsWith(built)) return new Response(null, { status: 404 })
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (content === null) return new Response(null, { status: 404 })
  // The build names assets by their content.
  const caching = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
  return new Response(content, { headers: { 'content-type': type, 'cache-control': caching, 'x-content-type-options': 'nosniff' } })
}
