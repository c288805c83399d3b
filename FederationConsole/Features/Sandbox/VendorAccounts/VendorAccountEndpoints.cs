using FederationConsole.Features.Sandbox.Vendors;
using FederationConsole.Platform;

namespace FederationConsole.Features.Sandbox.VendorAccounts;

/// <summary><c>/sandbox/vendor</c>: the two addresses that the platform asks, and those of the page for people.</summary>
internal static class VendorAccountEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        // The seed says POST; vendors' guides of two years differ, so GET does as well.
        group.MapMethods("/oauth2.0/get_access_token", ["GET", "POST"], (HttpContext context, VendorAccountServer server, VendorAccountJournal journal, TimeProvider clock) =>
            AnswerAsync(context, "/oauth2.0/get_access_token", server.GetAccessToken, journal, clock));
        group.MapMethods("/sns/userinfo", ["GET", "POST"], (HttpContext context, VendorAccountServer server, VendorAccountJournal journal, TimeProvider clock) =>
            AnswerAsync(context, "/sns/userinfo", server.UserInfo, journal, clock));

        group.MapGet("", (Delegate)((HttpContext context) => VendorAccountPage.ShowAsync(context)));
        group.MapGet("/state", VendorAccountPage.State);
        group.MapPost("/issue", VendorAccountIssue.IssueAsync);
        group.MapPut("/persons/{openId}/next", VendorAccountIssue.AnswerNextAsync);
        group.MapPost("/persons/{openId}/revoke", VendorAccountIssue.Revoke);
    }

    private static async Task AnswerAsync(
        HttpContext context, string path, Func<IReadOnlyDictionary<string, string>, StandardAnswer> answerTo, VendorAccountJournal journal, TimeProvider clock)
    {
        var asked = await ReadAsync(context.Request);
        var answer = asked.Ok ? answerTo(asked.Value) : VendorAccountAnswer.Refuse(ResultCode.Other, asked.Fault.Detail);
        journal.Add(VendorWire.Entry(context.Request.Method, path, asked.Value ?? new Dictionary<string, string>(), answer, clock.GetUtcNow()));
        await answer.SendAsync(context, clock);
    }

    /// <summary>From a form, from the query, or from both, as the seed's "querystring 自动拼接" beside its POST can be read; each once.</summary>
    private static async Task<Outcome<IReadOnlyDictionary<string, string>>> ReadAsync(HttpRequest request)
    {
        try
        {
            var form = request.HasFormContentType ? (await request.ReadFormAsync()).AsEnumerable() : [];
            var asked = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, values) in request.Query.Concat(form))
            {
                if (values.Count != 1 || !asked.TryAdd(name, values.ToString()))
                {
                    return new Fault(FaultKind.Invalid, null, "参数重复");
                }
            }

            return asked;
        }
        catch (Exception broken) when (broken is BadHttpRequestException or InvalidDataException)
        {
            return new Fault(FaultKind.Invalid, null, "请求体无法读取");
        }
    }
}
