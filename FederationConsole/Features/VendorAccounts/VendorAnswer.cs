using System.Text.Json;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sources.Upstreams;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>
/// A vendor's answer whose result code is a yes: <c>"0"</c>, <c>0</c>, or none at all, then what must be there decides. Text must be
/// text: a number in its place (an openid beyond 2^53) may have lost digits on the way.
/// </summary>
internal sealed class VendorAnswer
{
    private const int MaxCode = 32;
    private const int MaxMessage = 200;

    private readonly JsonElement _body;
    private readonly VendorEntry _vendor;

    private VendorAnswer(JsonElement body, VendorEntry vendor) => (_body, _vendor) = (body, vendor);

    public static VendorReply<VendorAnswer> Of(OutboundResult result, VendorEntry vendor)
    {
        if (result is OutboundResult.Failed { Reason: var reason })
        {
            return VendorNo.NotAsked.Of(reason);
        }

        var answered = (OutboundResult.Answered)result;
        var status = $"HTTP {answered.Status}";
        if (answered.Status >= 500 || Answers.Json(answered.Body.Span) is not { } body)
        {
            return VendorNo.NotAsked.Of(answered.Status >= 400 ? VendorLapse.Status : VendorLapse.NotJson, status);
        }

        var name = vendor.Name(VendorField.ResultCode);
        if (Member(body, name) is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number) })
        {
            return VendorNo.NotAsked.Of(VendorLapse.WrongType, name);
        }

        return Answers.Id(body, name) switch
        {
            null or VendorCodes.Done => answered.Status >= 400 ? VendorNo.NotAsked.Of(VendorLapse.Status, status) : new VendorAnswer(body, vendor),
            var code => new VendorNo.Refused(Answers.Cut(code, MaxCode)!, Answers.Cut(Answers.Text(body, vendor.Name(VendorField.Message)), MaxMessage)),
        };
    }

    public VendorReply<VendorTokens> Tokens()
    {
        VendorNo? no = null;
        var access = Text(VendorField.AccessToken, VendorRules.MaxToken, ref no, isRequired: true);
        var refresh = Text(VendorField.RefreshToken, VendorRules.MaxToken, ref no);
        var openId = Text(VendorField.OpenId, VendorRules.MaxOpenId, ref no);
        var expires = Answers.Number(_body, _vendor.Name(VendorField.ExpiresIn));
        if (expires is null && Member(_body, _vendor.Name(VendorField.ExpiresIn)) is not null)
        {
            no ??= VendorNo.NotAsked.Of(VendorLapse.WrongType, _vendor.Name(VendorField.ExpiresIn));
        }

        return no is null ? new VendorTokens(access!, refresh, openId, expires) : no;
    }

    public VendorReply<VendorPerson> Person(string expected)
    {
        VendorNo? no = null;
        var openId = Text(VendorField.OpenId, VendorRules.MaxOpenId, ref no, isRequired: true);
        if (no is null && openId != expected)
        {
            return VendorNo.NotAsked.Of(VendorLapse.OtherUser, _vendor.Name(VendorField.OpenId));
        }

        Text(VendorField.NickName, int.MaxValue, ref no);
        Text(VendorField.AvatarUrl, int.MaxValue, ref no);
        var mobile = Text(VendorField.Mobile, int.MaxValue, ref no);
        return no is not null ? no : new VendorPerson(
            openId!, Answers.Nickname(_body, _vendor.Name(VendorField.NickName)), PhoneNumber.Parse(mobile), Answers.Avatar(_body, _vendor.Name(VendorField.AvatarUrl)),
            Answers.Number(_body, _vendor.Name(VendorField.Gender)) is { } gender and (1 or 2) ? (int)gender : 0);
    }

    /// <summary>What an answer hands out, beside a yes or a no, is as good as the secret that it was got with.</summary>
    public static IEnumerable<string> TokensIn(OutboundResult result, VendorEntry vendor) =>
        result is OutboundResult.Answered answered && Answers.Json(answered.Body.Span) is { } body
            ? new[] { VendorField.AccessToken, VendorField.RefreshToken }.Select(field => Answers.Id(body, vendor.Name(field))).OfType<string>()
            : [];

    private string? Text(string field, int max, ref VendorNo? no, bool isRequired = false)
    {
        var name = _vendor.Name(field);
        var text = Answers.Text(_body, name);
        if (text is null && Member(_body, name) is { } value && (value.ValueKind != JsonValueKind.String || value.ValueEquals("") is false))
        {
            no ??= VendorNo.NotAsked.Of(VendorLapse.WrongType, name);
        }
        else if (text is null && isRequired)
        {
            no ??= VendorNo.NotAsked.Of(VendorLapse.Missing, name);
        }
        else if (text?.Length > max)
        {
            no ??= VendorNo.NotAsked.Of(VendorLapse.WrongType, name);
        }

        return text;
    }

    /// <summary>What is <c>null</c> is not there.</summary>
    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
