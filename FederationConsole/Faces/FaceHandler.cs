using System.Text.Json;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces;

/// <summary>What stands behind one row of a face's route table.</summary>
public interface IFaceHandler
{
    Task<Outcome<object>> HandleAsync(FaceCall call, Face face, HttpContext http);

    /// <summary>For the documents.</summary>
    HandlerShape Shape { get; }
}

/// <summary>A call without a body.</summary>
public abstract class FaceHandler<TReply> : IFaceHandler
    where TReply : class
{
    HandlerShape IFaceHandler.Shape => new(null, typeof(TReply), null, Credential);

    /// <summary>What the handler asks for, told to the documents.</summary>
    protected virtual Credential Credential => Credential.None;

    async Task<Outcome<object>> IFaceHandler.HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var outcome = await HandleAsync(call);
        return outcome.Ok ? outcome.Value : outcome.Fault;
    }

    protected abstract ValueTask<Outcome<TReply>> HandleAsync(FaceCall call);
}

/// <summary>A call with a JSON body: read, then checked by its validator, then handled.</summary>
public abstract class FaceHandler<TRequest, TReply>(IValidator<TRequest> validator) : IFaceHandler
    where TRequest : class
    where TReply : class
{
    HandlerShape IFaceHandler.Shape => new(typeof(TRequest), typeof(TReply), validator, Credential);

    /// <summary>What the handler asks for, told to the documents.</summary>
    protected virtual Credential Credential => Credential.None;

    async Task<Outcome<object>> IFaceHandler.HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var admitted = await AdmitAsync(call);
        if (!admitted.Ok)
        {
            return admitted.Fault;
        }

        var request = await JsonBody.ReadAsync(http, face.JsonOf<TRequest>());
        if (!request.Ok)
        {
            return request.Fault;
        }

        if (Validation.Check(validator, request.Value) is { } fault)
        {
            return fault;
        }

        var outcome = await HandleAsync(request.Value, call);
        return outcome.Ok ? outcome.Value : outcome.Fault;
    }

    /// <summary>Who may call at all: asked before the body is read.</summary>
    protected virtual ValueTask<Outcome> AdmitAsync(FaceCall call) => ValueTask.FromResult(Outcome.Done);

    protected abstract Task<Outcome<TReply>> HandleAsync(TRequest request, FaceCall call);
}
