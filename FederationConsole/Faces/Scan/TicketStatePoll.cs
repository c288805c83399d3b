using System.Globalization;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>
/// <c>GET /api/connect/qrlogin/state</c>, for pages whose sockets are blocked: answers at once when the state is not <c>last</c>, else
/// when it changes, or after 25 s as it is.
/// </summary>
internal sealed class TicketStatePoll(TicketService tickets, TicketWatch watch, TimeProvider clock) : FaceHandler<ScanState>, IDocumented
{
    private const string Ticket = "ticket";
    private const string Secret = "secret";
    private const string Last = "last";

    public static Documentation Documentation => new("查询二维码状态", "The state of a code")
    {
        Text = "供无法使用 WebSocket 的登录页轮询：状态不等于 last 时立即返回，否则最长等待 25 秒。101 等待扫描，102 已扫描（number 为要匹配的数字），103 已取消，104 已过期，1 已确认（带 auth_code）。",
        Parameters =
        [
            Parameter.Query(Ticket, "页面根元素的 data-ticket", required: true), Parameter.Query(Secret, "页面根元素的 data-secret", required: true),
            Parameter.Query(Last, "页面已知的状态"),
        ],
        Faults = [FaultKind.NotFound],
        Reply = """{"success":1,"data":{"code":1,"auth_code":"@auth_code","redirect":"http://localhost:9000/callback?auth_code=@auth_code"}}""",
        Demo =
        [
            new()
            {
                Name = ("扫描之后", "after the scan"),
                After = typeof(ScanTicketCall),
                Values = new Dictionary<string, string> { [Ticket] = "{{ticket}}", [Secret] = "{{page_secret}}", [Last] = "101" },
                Captures = [new("number", "data.number")],
            },
            new()
            {
                Name = ("确认之后", "after the confirmation"),
                After = typeof(ConfirmTicket),
                Values = new Dictionary<string, string> { [Ticket] = "{{ticket}}", [Secret] = "{{page_secret}}", [Last] = "102" },
                Captures = [new("auth_code", "data.auth_code")],
            },
        ],
    };

    /// <summary>Below the 30 s after which proxies lose patience.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(25);

    protected override async ValueTask<Outcome<ScanState>> HandleAsync(FaceCall call)
    {
        var last = 0;
        if (call.Query(Last) is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out last))
        {
            return new Fault(FaultKind.Invalid, Last);
        }

        var keys = new TicketKeys(call.Query(Ticket) ?? "", call.Query(Secret) ?? "");
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
