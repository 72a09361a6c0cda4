import type { Span } from '../model/text';
import type { Item } from './item';

/** Whole stages: built with a cache, run as a user that is not root. */
const stages: readonly (readonly [name: string, text: string])[] = [
  ['Node.js', `FROM node:\${1:22}-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:\${1:22}-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE \${2:3000}
CMD ["node", "\${3:dist/index.js}"]
`],
  ['Python', `FROM python:\${1:3.13}-slim AS build
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:\\$PATH
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt

FROM python:\${1:3.13}-slim
WORKDIR /app
RUN useradd --create-home app
ENV PATH=/opt/venv/bin:\\$PATH PYTHONUNBUFFERED=1
COPY --from=build /opt/venv /opt/venv
COPY . .
USER app
EXPOSE \${2:8000}
CMD ["python", "-m", "\${3:app}"]
`],
  ['Go', `FROM --platform=\\$BUILDPLATFORM golang:\${1:1.25} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \\\\
    CGO_ENABLED=0 GOOS=\\$TARGETOS GOARCH=\\$TARGETARCH go build -o /out/app \${2:.}

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/app /app
EXPOSE \${3:8080}
ENTRYPOINT ["/app"]
`],
  ['Java', `FROM maven:3-eclipse-temurin-\${1:21} AS build
WORKDIR /src
COPY pom.xml ./
COPY src ./src
RUN --mount=type=cache,target=/root/.m2 mvn -B package -DskipTests

FROM eclipse-temurin:\${1:21}-jre
WORKDIR /app
RUN useradd --system app
COPY --from=build /src/target/*.jar app.jar
USER app
EXPOSE \${2:8080}
ENTRYPOINT ["java", "-jar", "app.jar"]
`],
  ['Rust', `FROM rust:\${1:1}-slim AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \\\\
    cargo build --release && cp target/release/\${2:app} /app

FROM debian:stable-slim
RUN useradd --system app
COPY --from=build /app /usr/local/bin/app
USER app
CMD ["app"]
`],
  ['.NET', `FROM mcr.microsoft.com/dotnet/sdk:\${1:9.0} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish -c Release -o /out

FROM mcr.microsoft.com/dotnet/aspnet:\${1:9.0}
WORKDIR /app
COPY --from=build /out .
USER \\$APP_UID
EXPOSE \${2:8080}
ENTRYPOINT ["dotnet", "\${3:App}.dll"]
`],
]; // prettier-ignore

/** Offered where an instruction can begin. */
export function snippets(span: Span, lower: boolean): Item[] {
  return stages.map(([name, text]) => ({
    label: `FROM: ${name}`,
    kind: 'snippet',
    span,
    insert: lower ? lowered(text) : text,
    snippet: true,
    doc: 'A build stage with a cache, and a small stage that does not run as root.',
    rank: 9,
  }));
}

const lowered = (text: string): string =>
  text
    .replace(/^(?:FROM|RUN|COPY|WORKDIR|ENV|ARG|EXPOSE|USER|CMD|ENTRYPOINT)\b/gm, (word) =>
      word.toLowerCase(),
    )
    .replace(/ AS /g, ' as ');
