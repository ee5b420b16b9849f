// A mail server of a test's own: takes letters, or says what it is told to say.
import net from 'node:net';

// { port, letters, tries, close() }; refuse: the answer to RCPT, as often as `times`; user, password: what it asks for.
export async function sink({ user, password, host = '127.0.0.1' } = {}) {
    const self = { letters: [], tries: 0, logins: 0, refuse: null, times: 0 };
    const server = net.createServer((socket) => {
        let rest = '', data = null, letter = {}, login = null, known = !user;
        const say = (line) => socket.write(line + '\r\n');
        const take = (line) => {
            if (data !== null) {
                if (line !== '.') { data += line + '\n'; return; }
                self.letters.push({ ...letter, data });
                data = null;
                return say('250 2.0.0 taken');
            }
            if (login) {
                const said = Buffer.from(line, 'base64').toString();
                login.push(said);
                if (login.length === 1) return say('334 UGFzc3dvcmQ6');
                known = login[0] === user && login[1] === password;
                login = null;
                return say(known ? '235 2.7.0 ok' : '535 5.7.8 authentication failed');
            }
            const word = line.split(' ')[0].toUpperCase();
            if (word === 'EHLO') return say(user ? '250-sink\r\n250 AUTH LOGIN' : '250 sink');
            if (word === 'AUTH') { self.logins++; login = []; return say('334 VXNlcm5hbWU6'); }
            if (word === 'MAIL') { letter = { from: line }; return say(known ? '250 ok' : '530 5.7.0 authentication required'); }
            if (word === 'RCPT') {
                self.tries++;
                letter.to = line.match(/<(.*)>/)[1];
                if (self.times > 0) { self.times--; return say(self.refuse); }
                return say('250 ok');
            }
            if (word === 'DATA') { data = ''; return say('354 go on'); }
            if (word === 'QUIT') { say('221 bye'); return socket.end(); }
            return say('250 ok');
        };
        socket.on('error', () => {});
        socket.on('data', (bytes) => {
            rest += bytes;
            for (let at; (at = rest.indexOf('\r\n')) >= 0;) { const line = rest.slice(0, at); rest = rest.slice(at + 2); take(line); }
        });
        say('220 sink ready');
    });
    await new Promise((resolve) => server.listen(0, host, resolve));
    self.port = server.address().port;
    self.close = () => new Promise((resolve) => server.close(resolve));
    return self;
}

// What a mail program shows of a letter: { to, subject, body, headers }.
export function shown(letter) {
    const [head, body] = letter.data.split('\n\n'), headers = head.replace(/\n /g, ' ');
    const words = headers.match(/^Subject: (.*)$/m)[1].split(' ').map((word) => Buffer.from(word.match(/^=\?UTF-8\?B\?(.*)\?=$/)[1], 'base64').toString());
    return { to: letter.to, headers, subject: words.join(''), body: Buffer.from(body, 'base64').toString() };
}
