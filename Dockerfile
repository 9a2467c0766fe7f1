# Two images.
#
#   docker build --target benchmark -t redis-benchmark .
#     memtier_benchmark alone, with this repository's profiles: loads the source on the host.
#
#   docker build -t analyzer .
#     the analyzer, with memtier_benchmark in it. Its version is told from outside, for git is not in
#     here: --build-arg REVISION=1.2.3 --build-arg COMMIT=1a2b3c4

ARG MEMTIER_IMAGE=redis/memtier_benchmark:2.3.1
ARG BUILD_IMAGE=maven:3.9.11-eclipse-temurin-17
ARG JAVA_IMAGE=eclipse-temurin:17.0.19_10-jre-noble

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY memtier memtier
COPY src src
ARG REVISION="" COMMIT=""
RUN mvn -B -q ${REVISION:+-Drevision="$REVISION"} ${COMMIT:+-Dcommit="+$COMMIT"} -P !checks package -DskipTests

FROM ${JAVA_IMAGE} AS java

FROM ${MEMTIER_IMAGE} AS benchmark
COPY memtier /memtier
# A number, not a name: it is the first user of most hosts, who then owns what is written.
USER 1000:1000
# Not /tmp, where the caller's folder is: one that this user may not enter is the script's to tell.
WORKDIR /
ENV SOURCE_HOST="" SOURCE_PORT=13300 PROFILE=strings DURATION_SECONDS=20
ENTRYPOINT ["/bin/sh", "/memtier/benchmark.sh"]

FROM ${MEMTIER_IMAGE} AS analyzer
COPY --from=java /opt/java/openjdk /opt/java/openjdk
COPY --from=build /build/src/dist/bin /opt/analyzer/bin
COPY --from=build /build/src/dist/lib /opt/analyzer/lib
COPY --from=build /build/target/analyzer.jar /opt/analyzer/lib/analyzer.jar
ENV PATH="/opt/analyzer/bin:/opt/java/openjdk/bin:${PATH}" ANALYZER_RESULTS=/results
# Of a verification, for this Java, of 17; another one is without.
RUN sh /opt/analyzer/lib/class-archive /opt/java/openjdk/bin/java /opt/analyzer/lib/analyzer.jar /opt/analyzer/lib/analyzer.jsa
# Runs are written here; mount a folder of yours over it.
RUN mkdir /results && chown 1000:1000 /results
USER 1000:1000
WORKDIR /tmp
ENTRYPOINT ["/opt/analyzer/bin/analyzer"]
CMD ["--help"]
