# Two stages: what builds is not what runs. The final image has no shell and no package tool, and runs as a user without rights (uid 1654).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.*.props Bot.sln appsettings.json ./
COPY Bot.WeChat/*.csproj Bot.WeChat/
COPY Bot.Data/*.csproj Bot.Data/
COPY Bot.Handlers/*.csproj Bot.Handlers/
COPY Bot.Simulator/*.csproj Bot.Simulator/
COPY Bot.Host/*.csproj Bot.Host/
RUN dotnet restore Bot.Host
COPY . .
# What /health tells of: --build-arg COMMIT=$(git rev-parse HEAD)
ARG COMMIT=
RUN dotnet publish Bot.Host -c Release --no-restore -o /app -p:SourceRevisionId=$COMMIT

# extra: with time zones and ICU, which Beijing time and Chinese need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:5080 \
    Bot__DataDirectory=/tmp/bot \
    DOTNET_gcServer=0
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "Bot.Host.dll", "probe"]
ENTRYPOINT ["dotnet", "Bot.Host.dll"]
