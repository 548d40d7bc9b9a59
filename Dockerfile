# syntax=docker/dockerfile:1
#
# The bridge (the last stage, so the default) and, with --target simulator, the stand-in for Eyeson.
#
#   docker build -t eyeson-bridge .
#   docker build -t eyeson-bridge --build-arg RUNTIME=10.0-noble-chiseled .     # without shell and package manager
#   docker build -t eyeson-bridge --build-arg VERSION=1.2.3 .                    # the version it reports
#   docker build -t eyeson-simulator --target simulator .
#
# The bridge writes nothing but its store below /data, so it runs with a read-only root file system.

# Tags of mcr.microsoft.com/dotnet/sdk and …/aspnet.
ARG SDK=10.0
ARG RUNTIME=10.0
# ReadyToRun: compiled ahead of time, for a quicker start; false saves the download of the compiler.
ARG READY_TO_RUN=true
# The build has no git history, hence no tags.
ARG VERSION=0.1.0-local

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${SDK} AS restore
ARG TARGETARCH=amd64
ARG READY_TO_RUN
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
COPY global.json BannedSymbols.txt Directory.Build.props Directory.Packages.props ./
COPY src/Directory.Build.props src/
COPY src/EyesonBridge/EyesonBridge.csproj src/EyesonBridge/packages.lock.json src/EyesonBridge/
COPY src/EyesonBridge/ReadyToRun.targets src/EyesonBridge/
COPY src/EyesonBridge.Contracts/EyesonBridge.Contracts.csproj src/EyesonBridge.Contracts/packages.lock.json src/EyesonBridge.Contracts/
COPY src/EyesonBridge.Eyeson/EyesonBridge.Eyeson.csproj src/EyesonBridge.Eyeson/packages.lock.json src/EyesonBridge.Eyeson/
COPY src/EyesonBridge.Simulator/EyesonBridge.Simulator.csproj src/EyesonBridge.Simulator/packages.lock.json src/EyesonBridge.Simulator/
# The first restore takes exactly what the lock files name and compares the hashes. The second adds what this platform
# needs (host, compiler); it finds the packages already there, and leaves the lock files alone, which know no platform.
# BuildReadyToRun is for a build without publish.
RUN dotnet restore src/EyesonBridge/EyesonBridge.csproj --locked-mode -p:BuildReadyToRun=false && \
    dotnet restore src/EyesonBridge/EyesonBridge.csproj --arch ${TARGETARCH} \
      -p:PublishReadyToRun=${READY_TO_RUN} -p:NuGetLockFilePath=obj/platform.lock.json

FROM restore AS build
ARG TARGETARCH
ARG READY_TO_RUN
ARG VERSION
ARG REVISION=
COPY .editorconfig appsettings.json appsettings.schema.json ./
COPY src src
# Analyzers already ran in the build that the tests used.
# The program as people call it is a link to where it will be.
RUN dotnet publish src/EyesonBridge/EyesonBridge.csproj --no-restore --configuration Release --arch ${TARGETARCH} \
      --self-contained false -p:PublishReadyToRun=${READY_TO_RUN} -p:NuGetLockFilePath=obj/platform.lock.json \
      -p:MinVerVersionOverride=${VERSION} -p:SourceRevisionId=${REVISION} -p:RunAnalyzers=false \
      --output /out/bridge && \
    mkdir /out/data /out/bin && ln -s /app/EyesonBridge /out/bin/eyeson-bridge

FROM restore AS build-simulator
ARG TARGETARCH
ARG READY_TO_RUN
ARG VERSION
COPY .editorconfig ./
COPY src/EyesonBridge.Simulator src/EyesonBridge.Simulator
RUN dotnet publish src/EyesonBridge.Simulator/EyesonBridge.Simulator.csproj --no-restore --configuration Release \
      --arch ${TARGETARCH} --self-contained false -p:PublishReadyToRun=${READY_TO_RUN} \
      -p:NuGetLockFilePath=obj/platform.lock.json \
      -p:MinVerVersionOverride=${VERSION} -p:RunAnalyzers=false --output /out/simulator

FROM mcr.microsoft.com/dotnet/aspnet:${RUNTIME} AS simulator
LABEL org.opencontainers.image.title="eyeson-simulator" \
      org.opencontainers.image.description="A stand-in for Eyeson, for tests and demonstrations"
WORKDIR /app
ENV DOTNET_EnableDiagnostics=0 ASPNETCORE_HTTP_PORTS=
COPY --from=build-simulator /out/simulator ./
USER $APP_UID
EXPOSE 5710
ENTRYPOINT ["dotnet", "/app/EyesonBridge.Simulator.dll"]
CMD ["--url", "http://0.0.0.0:5710"]

FROM mcr.microsoft.com/dotnet/aspnet:${RUNTIME} AS bridge
ARG VERSION
ARG REVISION=
ARG CREATED=
ARG SOURCE=
LABEL org.opencontainers.image.title="eyeson-bridge" \
      org.opencontainers.image.description="Observes Eyeson meetings and publishes what happens in them to RabbitMQ" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}"
WORKDIR /app
# Diagnostics would want a socket in /tmp. SQLite's temporary files go where its database is. The port is Management:Url's.
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS= \
    SQLITE_TMPDIR=/data \
    Store__ConnectionString="Data Source=/data/eyeson-bridge.db"
COPY --from=build /out/bridge ./
COPY --from=build /out/bin/ /usr/local/bin/
# 1654 is the APP_UID of Microsoft's images; a variable is not understood here by every builder.
COPY --from=build --chown=1654:1654 /out/data /data
VOLUME /data
USER $APP_UID
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/EyesonBridge.dll"]
