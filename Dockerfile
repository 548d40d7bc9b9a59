# The bridge (the last stage, so the default) and, with --target simulator, the stand-in for Eyeson.
#
#   scripts/build-image                                                          # both, with version, commit, time and source
#   docker build -t eyeson-bridge .
#   docker build -t eyeson-bridge --build-arg RUNTIME=10.0-noble-chiseled .     # without shell and package manager
#   docker build -t eyeson-simulator --target simulator .
#   docker build --target symbols --output symbols .                             # what a dump is read with
#
# The bridge writes nothing but its store below /data, so it runs with a read-only root file system.

# mcr.microsoft.com/dotnet/sdk, as global.json wants it, and …/aspnet. scripts/renew-images writes these lines.
ARG SDK=10.0.401@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317
ARG RUNTIME=10.0.12@sha256:222759b391a1aaf241166672c8f99b2d4ada452e7b5319f3c6e8f265a37b5ad4
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
COPY .config/dotnet-tools.json .config/
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
      -p:PublishReadyToRun=${READY_TO_RUN} -p:NuGetLockFilePath=obj/platform.lock.json && \
    dotnet tool restore

FROM restore AS build
ARG TARGETARCH
ARG READY_TO_RUN
ARG VERSION
ARG REVISION=
COPY .editorconfig appsettings.json appsettings.schema.json ./
COPY src src
# Analyzers already ran in the build that the tests used.
# The program as people call it is a link to where it will be. The bill of materials lists the packages that are in it.
RUN dotnet publish src/EyesonBridge/EyesonBridge.csproj --no-restore --configuration Release --arch ${TARGETARCH} \
      --self-contained false -p:PublishReadyToRun=${READY_TO_RUN} -p:NuGetLockFilePath=obj/platform.lock.json \
      -p:MinVerVersionOverride=${VERSION} -p:SourceRevisionId=${REVISION} -p:RunAnalyzers=false \
      -p:SymbolsDir=/out/symbols --output /out/bridge && \
    dotnet dotnet-CycloneDX src/EyesonBridge/EyesonBridge.csproj --disable-package-restore --exclude-dev --no-serial-number \
      --set-name eyeson-bridge --set-version ${VERSION} --spec-version 1.6 --output-format Json \
      --output /out/sbom --filename eyeson-bridge.cdx.json && \
    mkdir /out/data /out/bin && ln -s /app/EyesonBridge /out/bin/eyeson-bridge

FROM restore AS build-simulator
ARG TARGETARCH
ARG READY_TO_RUN
ARG VERSION
ARG REVISION=
COPY .editorconfig ./
COPY src/Directory.Build.targets src/
COPY src/EyesonBridge.Simulator src/EyesonBridge.Simulator
RUN dotnet publish src/EyesonBridge.Simulator/EyesonBridge.Simulator.csproj --no-restore --configuration Release \
      --arch ${TARGETARCH} --self-contained false -p:PublishReadyToRun=${READY_TO_RUN} \
      -p:NuGetLockFilePath=obj/platform.lock.json \
      -p:MinVerVersionOverride=${VERSION} -p:SourceRevisionId=${REVISION} -p:RunAnalyzers=false \
      -p:SymbolsDir=/out/symbols --output /out/simulator

FROM scratch AS symbols
COPY --from=build /out/symbols/ /

FROM mcr.microsoft.com/dotnet/aspnet:${RUNTIME} AS simulator
ARG VERSION
ARG REVISION=
ARG CREATED=
ARG SOURCE=
LABEL org.opencontainers.image.title="eyeson-simulator" \
      org.opencontainers.image.description="A stand-in for Eyeson, for tests and demonstrations" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}"
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
# Diagnostics would want a socket in /tmp; a dump does without (docs/operations.md). SQLite's temporary files go where its database is. The port is Management:Url's.
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS= \
    SQLITE_TMPDIR=/data \
    Store__ConnectionString="Data Source=/data/eyeson-bridge.db"
COPY --from=build /out/bridge ./
COPY --from=build /out/bin/ /usr/local/bin/
COPY --from=build /out/sbom/ /usr/share/sbom/
# 1654 is the APP_UID of Microsoft's images; a variable is not understood here by every builder.
COPY --from=build --chown=1654:1654 /out/data /data
VOLUME /data
USER $APP_UID
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/EyesonBridge.dll"]
