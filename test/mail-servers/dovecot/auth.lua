-- Asks the introspection endpoint whether this token opens that mailbox (IMAP), or whether its person may submit mail (SMTP).
local client = dovecot.http.client{ timeout = 5000, max_attempts = 1 }

local function encode(text)
  return (text:gsub("[^%w%-%._~]", function(char) return string.format("%%%02X", char:byte()) end))
end

local function says(body, name)
  return body:find('"' .. name .. '"%s*:%s*true') ~= nil
end

function auth_password_verify(request, token)
  local protocol = request.service == "imap" and "imap" or "smtp"
  local question = client:request{ url = "@INTROSPECTION@", method = "POST" }
  question:add_header("content-type", "application/x-www-form-urlencoded")
  question:set_payload("token=" .. encode(token) .. "&protocol=" .. protocol .. "&user=" .. encode(request.user) .. "&mailbox=" .. encode(request.user))
  local answer = question:submit()
  if answer:status() ~= 200 then return dovecot.auth.PASSDB_RESULT_INTERNAL_FAILURE, "no introspection" end
  local body = answer:payload()
  if not says(body, "active") then return dovecot.auth.PASSDB_RESULT_PASSWORD_MISMATCH, "no such token" end
  if not says(body, protocol == "imap" and "mailboxAllowed" or "mayAuthenticateSmtp") then
    return dovecot.auth.PASSDB_RESULT_PASSWORD_MISMATCH, "not allowed"
  end
  return dovecot.auth.PASSDB_RESULT_OK, {}
end

function auth_passdb_lookup(request)
  return dovecot.auth.PASSDB_RESULT_USER_UNKNOWN, "no such user"
end
