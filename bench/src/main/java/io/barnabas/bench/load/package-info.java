/** A load generator that costs next to no CPU: frames that were encoded before, sent again and again over plain sockets. */
package io.barnabas.bench.load;
