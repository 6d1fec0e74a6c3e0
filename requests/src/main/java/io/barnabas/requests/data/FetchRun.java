package io.barnabas.requests.data;

import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.message.FetchResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One Fetch from its arrival to its answer: looks, answers when there is enough, else parks until news or time bring
 * it to another look. Looks run on the connection's event loop; only {@link #news} comes from elsewhere and hops there.
 * While it waits it costs this object and one timer.
 */
final class FetchRun implements FetchInterest.Waiter {
    private enum State {
        LOOKING,
        PARKED,
        DONE
    }

    private final RequestContext context;
    private final FetchLimits limits;
    private final FetchInterest interest;
    private final FetchSession session;
    private final FetchTools tools;
    private final Executor loop;
    private final CompletableFuture<FetchResponse> response = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.LOOKING);
    private final AtomicLong missingBytes = new AtomicLong();

    private Timers.Timer timer;
    private boolean expired;
    private boolean positionsReported;
    private int partitions;

    /** @param session null when the reader has none */
    FetchRun(
            RequestContext context,
            FetchLimits limits,
            FetchInterest interest,
            FetchSession session,
            FetchTools tools,
            Executor loop) {
        this.context = context;
        this.limits = limits;
        this.interest = interest;
        this.session = session;
        this.tools = tools;
        this.loop = loop;
        this.expired = limits.maxWaitMs() <= 0;
    }

    /** On the event loop; the answer may be there when it returns. */
    CompletionStage<FetchResponse> start() {
        synchronized (interest) {
            interest.servedBy(this);
        }
        look();
        return response;
    }

    @Override
    public void news(int bytes) {
        if (missingBytes.addAndGet(-bytes) <= 0 && state.compareAndSet(State.PARKED, State.LOOKING)) {
            try {
                loop.execute(this::look);
            } catch (RejectedExecutionException loopHasEnded) {
                // So has the connection. Whoever brings the news must not suffer for it.
                state.set(State.DONE);
            }
        }
    }

    private void look() {
        try {
            while (!lookOnce()) {
                // News came between the look and the parking.
            }
        } catch (RuntimeException | Error fault) {
            fail(fault);
        }
    }

    /** False when another look is due at once. */
    private boolean lookOnce() {
        FetchLook look = takeLook();
        if (look == null) {
            finish(tools.answers().superseded(session));
            return true;
        }
        reportPositions(look);
        if (tools.collector().collect(look, limits)) {
            return conclude(look);
        }
        tools.diskIo().execute(() -> collectFromDisk(look));
        return true;
    }

    private void collectFromDisk(FetchLook look) {
        try {
            tools.collector().collectFromDisk(look, limits);
            loop.execute(() -> resume(look));
        } catch (RuntimeException | Error fault) {
            look.release();
            loop.execute(() -> fail(fault));
        }
    }

    private void resume(FetchLook look) {
        try {
            if (!conclude(look)) {
                look();
            }
        } catch (RuntimeException | Error fault) {
            fail(fault);
        }
    }

    /** Answers or waits. False when another look is due at once. */
    private boolean conclude(FetchLook look) {
        if (!expired && !isEnough(look)) {
            return waitForMore(look);
        }
        if (OldFormats.isForVersion(context.apiVersion()) && look.bytes() > 0) {
            tools.diskIo().execute(() -> convert(look));
        } else {
            answer(look);
        }
        return true;
    }

    private void convert(FetchLook look) {
        try {
            tools.oldFormats().convert(context.apiVersion(), look, limits);
            loop.execute(() -> concludeConverted(look));
        } catch (RuntimeException | Error fault) {
            look.release();
            loop.execute(() -> fail(fault));
        }
    }

    private void concludeConverted(FetchLook look) {
        try {
            if (expired || isEnough(look)) {
                answer(look);
            } else if (!waitForMore(look)) {
                look();
            }
        } catch (RuntimeException | Error fault) {
            fail(fault);
        }
    }

    private boolean waitForMore(FetchLook look) {
        // The end of a transaction, small as its marker is, may let many records through at once.
        boolean anyNews = limits.isolation() == Isolation.LAST_STABLE_OFFSET;
        missingBytes.set(anyNews ? 1 : limits.minBytes() - look.bytes());
        look.release();
        return park(look);
    }

    private void fail(Throwable fault) {
        end();
        response.completeExceptionally(fault);
    }

    private FetchLook takeLook() {
        synchronized (interest) {
            if (!interest.isServedBy(this)) {
                return null;
            }
            partitions = interest.size();
            return tools.reader().look(context, interest.candidates(), limits);
        }
    }

    /** What a follower asks for tells how far it has come; said once, however often we look. */
    private void reportPositions(FetchLook look) {
        if (limits.fromFollower() && !positionsReported) {
            positionsReported = true;
            tools.reader().reportPositions(look, limits.replicaId());
        }
    }

    private boolean isEnough(FetchLook look) {
        return look.isUrgent() || look.bytes() >= limits.minBytes() || look.unavailable() == partitions;
    }

    private boolean park(FetchLook look) {
        if (subscribe(look)) {
            return false;
        }
        if (timer == null) {
            timer = tools.timers().schedule(limits.maxWaitMs(), () -> loop.execute(this::expire));
        }
        state.set(State.PARKED);
        context.connection().whenClosed(this::abandon);
        return !(interest.hasNews() && state.compareAndSet(State.PARKED, State.LOOKING));
    }

    /** True when something changed between the look and the subscription, or this fetch was replaced. */
    private boolean subscribe(FetchLook look) {
        synchronized (interest) {
            if (!interest.isServedBy(this)) {
                return true;
            }
            boolean outdated = false;
            for (PartitionRead read : look.reads()) {
                outdated |= read.target().subscribe() && read.target().isOutdated(limits.isolation());
            }
            return outdated;
        }
    }

    /** Nobody waits for the answer any more; without this, a client could leave its wait behind for weeks. */
    private void abandon() {
        if (state.compareAndSet(State.PARKED, State.LOOKING)) {
            finish(new FetchResponse());
        }
    }

    private void expire() {
        expired = true;
        if (state.compareAndSet(State.PARKED, State.LOOKING)) {
            look();
        }
    }

    private void answer(FetchLook look) {
        FetchResponse answer;
        synchronized (interest) {
            answer =
                    interest.isServedBy(this) ? tools.answers().answer(context, look, interest, session, limits) : null;
        }
        if (answer == null) {
            look.release();
            answer = tools.answers().superseded(session);
        }
        finish(answer);
    }

    private void finish(FetchResponse answer) {
        end();
        response.complete(answer);
    }

    private void end() {
        state.set(State.DONE);
        if (timer != null) {
            timer.cancel();
            context.connection().whenClosed(null);
        }
        synchronized (interest) {
            if (interest.isServedBy(this)) {
                interest.servedBy(null);
            }
            if (session == null || interest.isClosed()) {
                interest.unsubscribe();
            }
        }
    }
}
