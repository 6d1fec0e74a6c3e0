package io.barnabas.wire.oracle;

import java.util.random.RandomGenerator;

/** Values that random messages are made of: mostly small, at times just beyond where a length takes one byte more. */
final class RandomValues {
    private static final String[] PIECES = {"a", "topic-", "ß", "Ж", "語", "\uD83D\uDE00", "0123456789", "."};

    private RandomValues() {}

    static String string(RandomGenerator random) {
        int pieces = random.nextInt(40) == 0 ? 60 : random.nextInt(5);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    static byte[] bytes(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(20) == 0 ? 100 + random.nextInt(2000) : random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Fewer the deeper, for a message stays small then. */
    static int count(RandomGenerator random, int depth) {
        return depth == 0 && random.nextInt(20) == 0 ? 130 : random.nextInt(depth > 1 ? 3 : 5);
    }

    /** Beyond those in use: Kafka takes a tag that another version of the message knows for a mistake. */
    static int unknownTag(RandomGenerator random) {
        return 20 + random.nextInt(300);
    }
}
