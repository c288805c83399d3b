using FederationConsole.Features.AppTokens;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OAuth;

/// <summary>RFC 6749 5.1.</summary>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record TokenReply(string AccessToken, string TokenType, int ExpiresIn);

/// <summary><c>POST /connect/token</c>: a token of the app itself (RFC 6749 4.4).</summary>
internal sealed class Token(AppTokenService tokens) : FormHandler<TokenReply>
{
    public const string GrantType = "grant_type";
    public const string ClientCredentials = "client_credentials";

    protected override ValueTask<Outcome<TokenReply>> HandleAsync(FormFields form, FaceCall call) => ValueTask.FromResult(form[GrantType] switch
    {
        null => new Fault(FaultKind.Missing, GrantType),
        ClientCredentials => OfClient(form, call),
        _ => new Fault(FaultKind.Invalid, GrantType),
    });

    private Outcome<TokenReply> OfClient(FormFields form, FaceCall call)
    {
        var client = OAuth.ClientCredentials.Read(form, call.Header("Authorization"));
        if (!client.Ok)
        {
            return client.Fault;
        }

        var issued = tokens.Issue(client.Value.Id, client.Value.Secret);
        return issued.Ok ? new TokenReply(issued.Value.AccessToken, "Bearer", issued.Value.ExpiresIn) : issued.Fault;
    }
}
