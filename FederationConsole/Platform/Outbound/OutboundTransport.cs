using System.Buffers;
using System.Security.Cryptography.X509Certificates;

namespace FederationConsole.Platform.Outbound;

/// <summary>A call on its way, with the two reasons to end it early.</summary>
/// <param name="Target">Worked out once for history, log and trace.</param>
/// <param name="Started">Timestamp of the clock.</param>
/// <param name="Caller">Cancelled when the caller no longer wants the answer.</param>
/// <param name="Deadline">Cancelled with <paramref name="Caller"/>, and when the time is up.</param>
internal readonly record struct Attempt(
    OutboundRequest Request, string Target, long Started, CancellationToken Caller, CancellationToken Deadline);

/// <summary>One exchange over HTTP/1.1, its failures as values. Knows nothing of bulkheads and breakers.</summary>
internal sealed class OutboundTransport(OutboundOptions options, TimeProvider time, ResolveName resolve, ILogger log) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        ConnectCallback = (context, ct) => new GuardedConnector(options.AllowPrivateNetworks, resolve).ConnectAsync(context.DnsEndPoint, ct),
        ConnectTimeout = options.Timeout,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        // Trace ids are ours; the span of this call is made in OutboundCalls.
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 16,
        // What we do not want to read is not read: the connection is closed.
        MaxResponseDrainSize = 0,
        // Names move; a pooled connection must not outlive its address for long.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // A certificate may name a URL to fetch its issuer from, which would go around the connector.
        SslOptions =
        {
            CertificateChainPolicy = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        },
    });

    public void Dispose() => _http.Dispose();

    /// <summary>Asks. Throws <see cref="OperationCanceledException"/> only when the caller cancelled.</summary>
    public async ValueTask<OutboundResult> AskAsync(Attempt attempt)
    {
        if (!MayBeAsked(attempt.Request.Uri))
        {
            return Fail(attempt, OutboundFailure.UrlNotAllowed, "url");
        }

        using var message = new HttpRequestMessage(attempt.Request.Method, attempt.Request.Uri) { Content = attempt.Request.Content };
        foreach (var (name, value) in attempt.Request.Headers)
        {
            // As it stands, for Alibaba Cloud's Authorization is not of the form that .NET takes one to be; but never a second header.
            if (value.AsSpan().ContainsAny('\r', '\n', '\0') || !message.Headers.TryAddWithoutValidation(name, value))
            {
                throw new FormatException($"The header {name} cannot be sent.");
            }
        }

        try
        {
            using var response = await _http.SendAsync(message, attempt.Deadline);
            var status = (int)response.StatusCode;
            if (status is >= 300 and < 400)
            {
                return Fail(attempt, OutboundFailure.Redirected, "status");
            }

            if (await ReadAsync(response.Content, options.MaxAnswerBytes, attempt.Deadline) is not { } body)
            {
                return Fail(attempt, OutboundFailure.TooLarge, "body");
            }

            // Raw: what the third party calls its content need not be well formed.
            var contentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
            return new OutboundResult.Answered(status, contentType, body) { Elapsed = time.GetElapsedTime(attempt.Started) };
        }
        catch (OperationCanceledException) when (attempt.Caller.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Fail(attempt, OutboundFailure.TimedOut, "time");
        }
        catch (HttpRequestException e)
        {
            return Fail(attempt, Reason(e), e.HttpRequestError.ToString());
        }
        catch (IOException e)
        {
            // While the body is read: cut short, or chunks that are none.
            return Fail(attempt, OutboundFailure.BrokenAnswer, e.GetType().Name);
        }
    }

    private static bool MayBeAsked(Uri uri) =>
        uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0;

    /// <summary>The body, or null when it is longer than allowed; then no more than one byte too many has been kept.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int most, CancellationToken ct)
    {
        var announced = content.Headers.ContentLength;
        if (announced > most)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(ct);
        if (announced is { } length)
        {
            var exact = new byte[length];
            return exact.AsMemory(0, await stream.ReadAtLeastAsync(exact, exact.Length, throwOnEndOfStream: false, ct));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(most + 1);
        try
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, most + 1), most + 1, throwOnEndOfStream: false, ct);
            return read > most ? default(ReadOnlyMemory<byte>?) : buffer.AsSpan(0, read).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static OutboundFailure Reason(HttpRequestException e) => e switch
    {
        { InnerException: AddressNotAllowedException } => OutboundFailure.AddressNotAllowed,
        { HttpRequestError: HttpRequestError.NameResolutionError } => OutboundFailure.NameUnknown,
        { HttpRequestError: HttpRequestError.ConnectionError } => OutboundFailure.Unreachable,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => OutboundFailure.TlsFailed,
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => OutboundFailure.TooLarge,
        _ => OutboundFailure.BrokenAnswer,
    };

    private OutboundResult.Failed Fail(Attempt attempt, OutboundFailure reason, string cause)
    {
        var elapsed = time.GetElapsedTime(attempt.Started);
        var (partition, method) = (attempt.Request.Partition, attempt.Request.Method.Method);
        Log.CallFailed(log, partition, method, attempt.Target, reason, cause, elapsed.TotalMilliseconds);
        return new OutboundResult.Failed(reason) { Elapsed = elapsed };
    }
}
