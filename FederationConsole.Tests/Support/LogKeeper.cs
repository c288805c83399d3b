using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Support;

/// <summary>
/// Keeps every line that the product logs, with the values that structured loggers would write (state, scopes, exceptions)
/// beside the text: a secret in a field that no template shows is a leak all the same.
/// </summary>
internal sealed class LogKeeper : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>One entry a call, in order; an exception makes it several lines of text.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Fails, naming the line but not the secret, when one of them was logged.</summary>
    public void AssertNeverSays(params IEnumerable<string> secrets)
    {
        var lines = _lines.ToArray();
        foreach (var secret in secrets)
        {
            Assert.NotEmpty(secret);
            var leak = lines.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal));
            Assert.True(leak is null, $"A secret stands in the log: {leak?.Replace(secret, "<the secret>", StringComparison.Ordinal)}");
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // The lines outlive the host on purpose: what it says while it stops counts as well.
    }

    private sealed class Logger(LogKeeper keeper, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => keeper._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder();
            line.Append(CultureInfo.InvariantCulture, $"{logLevel} {category} {eventId} {formatter(state, exception)}");
            AppendValues(line, state);
            keeper._scopes.ForEachScope(static (scope, line) => AppendValues(line, scope), line);
            if (exception is not null)
            {
                line.AppendLine().Append(exception);
            }

            keeper._lines.Enqueue(line.ToString());
        }

        private static void AppendValues(StringBuilder line, object? state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            {
                line.Append(CultureInfo.InvariantCulture, $" | {state}");
                return;
            }

            foreach (var (name, value) in values)
            {
                line.Append(CultureInfo.InvariantCulture, $" | {name}={value}");
            }
        }
    }
}
