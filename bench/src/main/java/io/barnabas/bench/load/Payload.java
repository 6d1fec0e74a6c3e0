package io.barnabas.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Values of records. */
public enum Payload {
    /** Random capital letters, as the stock perf tool sends them. */
    LETTERS {
        @Override
        byte[] make(RandomGenerator random, int bytes) {
            byte[] value = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                value[i] = (byte) ('A' + random.nextInt(26));
            }
            return value;
        }
    },
    /** Documents of names, words and numbers, which compress to about a third. */
    JSON {
        @Override
        byte[] make(RandomGenerator random, int bytes) {
            StringBuilder text = new StringBuilder("{");
            while (text.length() < bytes) {
                text.append('"').append(word(random)).append("\":");
                if (random.nextBoolean()) {
                    text.append(random.nextInt(1_000_000)).append(',');
                } else {
                    text.append('"').append(word(random)).append('-').append(Integer.toHexString(random.nextInt()));
                    text.append("\",");
                }
            }
            return text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
        }
    };

    private static final String[] WORDS = ("account address amount balance carrier category channel city country"
                    + " created currency customer delivered discount invoice item order paid price product quantity"
                    + " region returned session shipped status street tax total updated warehouse weight")
            .split(" ");

    abstract byte[] make(RandomGenerator random, int bytes);

    private static String word(RandomGenerator random) {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
