package io.barnabas.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.TransactionVerifier;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.Timers;
import io.barnabas.txn.MarkerSender;
import io.barnabas.txn.Markers;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.EndTxnRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Proof that the simulation can find something: a fault is planted between the parts, and some seed trips over it. */
class PlantedFaultsTest {
    private static final int SEEDS = 1_000;

    /** A coordinator that ends transactions for whoever asks, in whatever epoch. */
    @Test
    void findsACoordinatorThatSkipsTheEpochCheck() {
        assertThat(firstSeedThatFinds(new Seams() {
                    @Override
                    public CompletionStage<ApiMessage> arrived(ApiMessage request, SimulatedBroker at) {
                        return request instanceof EndTxnRequest end
                                ? at.transactions()
                                        .describe(end.transactionalId())
                                        .thenApply(now ->
                                                now.error() != ErrorCode.NONE || now.producerId() != end.producerId()
                                                        ? end
                                                        : new EndTxnRequest()
                                                                .transactionalId(end.transactionalId())
                                                                .producerId(end.producerId())
                                                                .producerEpoch(now.epoch())
                                                                .committed(end.committed()))
                                : CompletableFuture.completedStage(request);
                    }
                }))
                .isLessThan(SEEDS);
    }

    /** Partitions that believe what producers say. */
    @Test
    void findsPartitionsThatForgetVerification() {
        assertThat(firstSeedThatFinds(new Seams() {
                    @Override
                    public TransactionVerifier verifier(TransactionVerifier verifier) {
                        return new TransactionVerifier() {
                            @Override
                            public boolean isOn() {
                                return false;
                            }

                            @Override
                            public CompletionStage<ErrorCode> verify(Question question) {
                                return CompletableFuture.completedStage(ErrorCode.NONE);
                            }

                            @Override
                            public CompletionStage<ErrorCode> add(Question question) {
                                return verifier.add(question);
                            }
                        };
                    }
                }))
                .isLessThan(SEEDS);
    }

    /** A coordinator that calls a transaction complete while its markers are still to be written. */
    @Test
    void findsACoordinatorThatCompletesBeforeTheMarkers() {
        assertThat(firstSeedThatFinds(new Seams() {
                    @Override
                    public MarkerSender markers(MarkerSender sender, Timers timers) {
                        return new MarkerSender() {
                            @Override
                            public CompletionStage<Boolean> send(int coordinatorPartition, Markers markers) {
                                timers.schedule(1, () -> sender.send(coordinatorPartition, markers));
                                return CompletableFuture.completedStage(true);
                            }

                            @Override
                            public void forget(int coordinatorPartition) {
                                sender.forget(coordinatorPartition);
                            }
                        };
                    }
                }))
                .isLessThan(SEEDS);
    }

    /** Snapshots that are written, and say nothing of any producer. */
    @Test
    void findsSnapshotsThatDropTheirProducers() {
        assertThat(firstSeedThatFinds(new Seams() {
                    @Override
                    public Disk disk(Disk disk) {
                        return ForgetfulSnapshots.on(disk);
                    }
                }))
                .isLessThan(SEEDS);
    }

    private static long firstSeedThatFinds(Seams planted) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                TransactionSimulation.run(seed, planted);
            } catch (Violation found) {
                System.out.println("seed " + seed + " finds it: " + found.getMessage());
                return seed;
            }
        }
        return SEEDS;
    }
}
