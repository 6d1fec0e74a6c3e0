/** What single methods cost, away from sockets and other threads. */
package io.barnabas.bench.jmh;
