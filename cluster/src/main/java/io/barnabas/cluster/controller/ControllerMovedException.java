package io.barnabas.cluster.controller;

/** This broker is not the controller any more: its session ended, or another one was elected. Whatever it does, it stops. */
final class ControllerMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ControllerMovedException(String reason) {
        super(reason, null, false, false);
    }
}
