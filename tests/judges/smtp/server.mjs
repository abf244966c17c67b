// A real SMTP server for the proofs. `node server.mjs FOLDER` listens on three free loopback ports, prints them as one
// JSON line, and appends every message it took to FOLDER/received.jsonl *before* it answers. It ends with its stdin.
// FOLDER holds key.pem and cert.pem. Faults are asked for by the recipient's local part:
//   greylist  451 the first time, then taken        nouser  550 at RCPT           full  452 after the message
//   spam      554 after the message                 silent  takes the message, never answers
//   drop      takes the message, then cuts the line instead of answering
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const folder = process.argv[2];
const key = readFileSync(join(folder, 'key.pem'));
const cert = readFileSync(join(folder, 'cert.pem'));
const greylisted = new Set();

const refusal = (responseCode, text) => Object.assign(new Error(text), { responseCode });
const local = (address) => address.split('@')[0].split('+')[0];

async function keep(raw, session) {
  const mail = await simpleParser(raw);
  const line = {
    envelope_from: session.envelope.mailFrom.address,
    to: session.envelope.rcptTo.map((r) => r.address),
    secure: session.secure,
    user: session.user || null,
    message_id: mail.messageId ?? null,
    in_reply_to: mail.inReplyTo ?? null,
    references: [].concat(mail.references ?? []),
    from: mail.from?.value ?? [],
    subject: mail.subject ?? null,
    date: mail.date?.toISOString() ?? null,
    text: mail.text ?? null,
    html: mail.html || null,
    headers: Object.fromEntries(mail.headerLines.map((h) => [h.key, h.line])),
    raw: raw.toString('latin1'),
  };
  appendFileSync(join(folder, 'received.jsonl'), `${JSON.stringify(line)}\n`);
}

function listen(options) {
  const server = new SMTPServer({
    banner: 'judge',
    key,
    cert,
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    ...options,
    onAuth(auth, _session, done) {
      if (auth.username === 'xinxiu' && auth.password === 'right') return done(null, { user: auth.username });
      return done(refusal(535, 'wrong user name or password'));
    },
    onRcptTo(address, _session, done) {
      const who = local(address.address);
      if (who === 'nouser') return done(refusal(550, 'no such user here'));
      if (who === 'greylist' && !greylisted.has(address.address)) {
        greylisted.add(address.address);
        return done(refusal(451, 'greylisted, come back later'));
      }
      return done();
    },
    onData(stream, session, done) {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', async () => {
        const who = local(session.envelope.rcptTo[0].address);
        if (who === 'full') return done(refusal(452, 'mailbox full'));
        if (who === 'spam') return done(refusal(554, 'content refused'));
        await keep(Buffer.concat(parts), session);
        if (who === 'silent') return undefined;
        if (who === 'drop') {
          const line = [...server.connections].find((c) => c.session.id === session.id);
          return line._socket.destroy();
        }
        return done(null, 'kept');
      });
    },
  });
  server.on('error', () => {}); // a client that hangs up or distrusts us is part of the proof
  return new Promise((ready) => {
    server.listen(0, '127.0.0.1', () => ready(server.server.address().port));
  });
}

const starttls = await listen({});
const wrapper = await listen({ secure: true });
const plain = await listen({ hideSTARTTLS: true, allowInsecureAuth: true });
console.log(JSON.stringify({ starttls, wrapper, plain }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
