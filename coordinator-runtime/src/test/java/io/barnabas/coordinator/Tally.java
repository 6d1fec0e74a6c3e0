package io.barnabas.coordinator;

import io.barnabas.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A small state machine: it keeps words, those of open transactions apart. */
final class Tally implements StateMachine<String> {
    final List<String> words = new ArrayList<>();
    final List<String> undecided = new ArrayList<>();
    int loads;

    @Override
    public void apply(String word, AppliedBatch batch) {
        (batch.transactional() ? undecided : words).add(word);
    }

    @Override
    public void applyMarker(long producerId, boolean committed) {
        if (committed) {
            words.addAll(undecided);
        }
        undecided.clear();
    }

    @Override
    public Step<String> loaded(long nowMs) {
        loads++;
        return Step.nothing();
    }

    /** Answers with all words, once the new one is committed; with the error's name when it is refused. */
    Step<String> add(String word, Waiter<String> waiter) {
        return Step.write(
                List.of(word),
                () -> List.of(Effect.reply(waiter, String.join(" ", words))),
                error -> List.of(Effect.replyAtOnce(waiter, "refused " + error)));
    }

    static String refusal(ErrorCode error) {
        return error.name();
    }

    static final class Codec implements RecordCodec<String> {
        private static final short WORD = 7;

        @Override
        public byte[] key(String word) {
            return ByteBuffer.allocate(2).putShort(WORD).array();
        }

        @Override
        public byte[] value(String word) {
            return word.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(ByteBuffer key, ByteBuffer value) {
            if (key.getShort() != WORD) {
                return null;
            }
            if (value == null) {
                throw new IllegalArgumentException("no word");
            }
            return StandardCharsets.UTF_8.decode(value).toString();
        }
    }
}
