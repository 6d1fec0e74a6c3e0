/** Bytes and messages of the protocol, and record batches. */
package io.barnabas.wire;
