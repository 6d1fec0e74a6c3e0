package io.barnabas.requests.data;

import io.barnabas.requests.TransactionVerifier;
import io.barnabas.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A coordinator that says what the test wants, when it wants. */
final class AnsweringVerifier implements TransactionVerifier {
    final List<Question> verified = new ArrayList<>();
    final List<Question> added = new ArrayList<>();
    final List<CompletableFuture<ErrorCode>> answers = new ArrayList<>();
    boolean on = true;

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public CompletionStage<ErrorCode> verify(Question question) {
        verified.add(question);
        return later();
    }

    @Override
    public CompletionStage<ErrorCode> add(Question question) {
        added.add(question);
        return later();
    }

    private CompletionStage<ErrorCode> later() {
        CompletableFuture<ErrorCode> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    void answer(ErrorCode error) {
        List<CompletableFuture<ErrorCode>> waiting = List.copyOf(answers);
        answers.clear();
        waiting.forEach(answer -> answer.complete(error));
    }
}
