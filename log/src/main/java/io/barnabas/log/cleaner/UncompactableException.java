package io.barnabas.log.cleaner;

/** A log cannot be compacted as it is: something in it is damaged. Its readers may never notice. */
final class UncompactableException extends Exception {
    private static final long serialVersionUID = 1;

    UncompactableException(String message) {
        super(message);
    }
}
