/** Sockets: the only package that knows Netty's channels. Bytes come in as frames and go out as answers, in order. */
package io.barnabas.broker.net;
