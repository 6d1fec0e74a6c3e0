package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;

/**
 * One compressed stream, written piece by piece. Every piece but the last has a multiple of {@link #PIECE_BYTES}, which
 * makes the stream the same however it is cut. Pieces and target lie outside of the heap, each in one part. One owner,
 * who closes it.
 */
interface BlockEncoder extends AutoCloseable {
    /** All codecs' own blocks fit into it without a rest. */
    int PIECE_BYTES = 64 * 1024;

    /** Appends the readable bytes of the piece, compressed, or keeps them for later; moves no index of the piece. */
    void write(ByteBuf piece, ByteBuf target);

    /** Appends what is left and what ends the stream. */
    void finish(ByteBuf target);

    /** Gives back what lies outside of the heap; without finishing, the stream is worth nothing. */
    @Override
    default void close() {}
}
