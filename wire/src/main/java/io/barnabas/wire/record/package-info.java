/** Record batches of formats 0, 1 and 2: reading, building, compressing and checking them, always in place where that is possible. */
package io.barnabas.wire.record;
