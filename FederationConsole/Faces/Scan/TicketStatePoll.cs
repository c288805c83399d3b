using System.Globalization;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>
/// <c>GET /api/connect/qrlogin/state</c>, for pages whose sockets are blocked: answers at once when the state is not <c>last</c>, else
/// when it changes, or after 25 s as it is.
/// </summary>
internal sealed class TicketStatePoll(TicketService tickets, TicketWatch watch, TimeProvider clock) : FaceHandler<ScanState>
{
    /// <summary>Below the 30 s after which proxies lose patience.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(25);

    protected override async ValueTask<Outcome<ScanState>> HandleAsync(FaceCall call)
    {
        var last = 0;
        if (call.Query("last") is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out last))
        {
            return new Fault(FaultKind.Invalid, "last");
        }

        var keys = new TicketKeys(call.Query("ticket") ?? "", call.Query("secret") ?? "");
        var ticket = await tickets.ReadAsync(keys.Ticket, keys.Secret);
        if (!ticket.Ok)
        {
            return ticket.Fault;
        }

        var authCode = keys.AuthCode();
        var now = ScanState.Of(ticket.Value.State, authCode);
        if (now.Code != last)
        {
            return now;
        }

        var viewer = new Poll(ticket.Value.State.Rank);
        using (watch.Watch(ticket.Value, viewer))
        {
            // It may have changed before it was watched.
            var again = await tickets.ReadAsync(keys.Ticket, keys.Secret);
            if (again.Ok)
            {
                viewer.Show(again.Value.State);
            }

            try
            {
                return ScanState.Of(await viewer.Next.WaitAsync(Hold, clock, call.Cancellation), authCode);
            }
            catch (TimeoutException)
            {
                return now;
            }
        }
    }

    private sealed class Poll(int rank) : TicketViewer(rank)
    {
        private readonly TaskCompletionSource<TicketState> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TicketState> Next => _next.Task;

        protected override void Push(TicketState state) => _next.TrySetResult(state);
    }
}
