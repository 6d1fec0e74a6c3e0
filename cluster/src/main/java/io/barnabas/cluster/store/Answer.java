package io.barnabas.cluster.store;

/**
 * What became of one operation.
 *
 * @param value null unless the code is OK
 */
public record Answer<T>(AnswerCode code, T value) {

    public static <T> Answer<T> of(T value) {
        return new Answer<>(AnswerCode.OK, value);
    }

    public static <T> Answer<T> failed(AnswerCode code) {
        return new Answer<>(code, null);
    }

    public boolean isOk() {
        return code == AnswerCode.OK;
    }

    public boolean is(AnswerCode other) {
        return code == other;
    }

    /** The value; a {@link StoreException} where the operation did not end well. */
    public T orThrow(String operation) {
        if (!isOk()) {
            throw new StoreException(operation, code);
        }
        return value;
    }
}
